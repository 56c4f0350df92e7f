type A = <B as C>;
