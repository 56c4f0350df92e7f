const a = (
  <Button
    onClick={() => {
      b();
    }}
    disabled
  >
    Save
  </Button>
);
