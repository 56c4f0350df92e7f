fnf() {
    let‎x = ( y); 
    m!(ab ‏ c);
}
