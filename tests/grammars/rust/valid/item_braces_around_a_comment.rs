struct A {/* b */}

struct C;
