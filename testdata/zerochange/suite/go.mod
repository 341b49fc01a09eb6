module example.com/suite

go 1.26

require (
	example.org/memdb v0.0.0
	github.com/stretchr/testify v1.12.1
)

require go.yaml.in/yaml/v3 v3.0.5 // indirect

replace example.org/memdb => ../_memdb
