const a = <div>}</div>;
