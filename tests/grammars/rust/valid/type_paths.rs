type A = (a::B<C>::D, ::e::F, Self, self::G, crate::H, super::I, <J>::K, <L as M<N>>::O);
