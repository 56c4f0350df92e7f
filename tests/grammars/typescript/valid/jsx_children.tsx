const a = (
  <ul>
    {items.map((x) => (
      <li key={x}>{x}</li>
    ))}
    {/* comment */}
  </ul>
);
