fn f() { default fn b() {} }
