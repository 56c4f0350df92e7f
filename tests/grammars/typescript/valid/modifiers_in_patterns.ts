const f = ({ get }) => a;
const g = ({ b, async }) => a;
const h = ({ get, set }: A) => a;
const i = ({ async = false }) => a;
const j = (a, async = false) => b;
({ a, get = 1 } = b);
