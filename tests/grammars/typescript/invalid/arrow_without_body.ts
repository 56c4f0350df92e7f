const a = () => ;
