let x: function<T>;
