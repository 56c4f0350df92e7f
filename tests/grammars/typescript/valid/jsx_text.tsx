const a = <p>Don't stop, it's 5 &amp; // no comment</p>;
