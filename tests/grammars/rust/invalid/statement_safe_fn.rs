fn f() { safe fn p() {} }
