const a = <div className="a" id={b} {...c} data-x />;
const d = <A.B.C>text {e} more</A.B.C>;
const f = <></>;
