f<A>
<B, C>(x) => x;
