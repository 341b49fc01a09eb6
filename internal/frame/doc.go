// Package frame interprets a symbolised call frame without reading any file: whether the frame is application code, the
// name of its function, and the path of its file relative to the main module.
//
//	if frame.User(f.Function, f.File) {
//		fmt.Printf("%s:%d %s\n", frame.Relative(f.Function, f.File), f.Line, frame.Name(f.Function))
//	}
//
// All functions take names and files as [runtime.Frame] has them. They accept any text, and may be called concurrently.
//
// # Limits
//
// When Go 1.26 inlines a function that returns a function literal, it names the literal after the function that it was
// inlined into: store.All.func1 becomes api.List.All.func3. Name returns All for it, but cannot return the package, nor
// say whether List in api.List.All is a type. Package internal/source does, where it can read the file.
package frame
