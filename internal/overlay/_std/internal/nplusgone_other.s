//go:build !amd64

// The functions that are linked by name have no body, which needs an assembly file in the package.
