const a = <A b=<c /> d='e "f"' />;
