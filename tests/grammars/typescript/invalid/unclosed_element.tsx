const a = <div>b;
