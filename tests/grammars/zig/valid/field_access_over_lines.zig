const x = list
    .items
    .len;
