a
!b ** c