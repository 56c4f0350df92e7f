const a = 1 <></* c */p/>;
