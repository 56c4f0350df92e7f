
# a comment
    # an indented one
	
