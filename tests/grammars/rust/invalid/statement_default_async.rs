fn f() { #[a] default async fn b() {} }
