package p
func f(){select{case<-c:case(<-d):case*p<-x:case v:=<-e:default:}}
