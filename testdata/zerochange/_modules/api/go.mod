module example.com/api

go 1.26

require example.org/memdb v0.0.0

replace example.org/memdb => ../../_memdb
