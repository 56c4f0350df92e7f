fn f() { for x in..5 {} for x in..=5 {} while..5 {} if..5 {} else/**/if..6 {} match..{} {} match.. {} for x in..|y| z {} }
