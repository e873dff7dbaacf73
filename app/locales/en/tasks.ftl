# Words of the area "tasks".
