(function () {} = a);
