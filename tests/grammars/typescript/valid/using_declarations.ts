{
  using a = open();
  await using b = openAsync();
}
