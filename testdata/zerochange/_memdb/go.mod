module example.org/memdb

go 1.26
