hosts = [
    # "example.com",
]
table = {
    # one: 1
}
nothing = (  # c
)
call(  # c
)(
    # d
)[0].e = 1


class A(
    # B
):
    def method(
        # self
    ):
        return f(
            a,
            [
                # b
            ],
        )
