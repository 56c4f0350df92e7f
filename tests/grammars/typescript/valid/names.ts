const café = 1;
const $ = café;
const _a1 = $;
