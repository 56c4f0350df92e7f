const a = #;
