unsafe autotrait A {}
