const a = await b ** 2;
