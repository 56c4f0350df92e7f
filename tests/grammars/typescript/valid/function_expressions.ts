(function () {}.a = new function () {}(), function () {}());
