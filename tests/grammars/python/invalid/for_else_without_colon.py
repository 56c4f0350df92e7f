for x in y: z
else w
