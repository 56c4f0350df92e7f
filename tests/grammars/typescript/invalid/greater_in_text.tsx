const a = <div>></div>;
