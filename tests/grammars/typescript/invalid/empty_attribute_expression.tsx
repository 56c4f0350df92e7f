const a = <div {} />;
