module example.com/unrecorded

go 1.26
