mod m {
    //! a
    /*! b */
    #![c]
    fn f() {}
}
