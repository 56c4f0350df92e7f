f<A>
<B,>(x: B) => x;
