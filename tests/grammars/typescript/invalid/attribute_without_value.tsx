const a = <div b= />;
