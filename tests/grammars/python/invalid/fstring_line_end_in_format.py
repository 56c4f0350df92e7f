x = f"{x:{y}
}"
