export as namespace A;
