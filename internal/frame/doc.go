// Package frame reads what a symbolised call frame says without looking at any file: whose code it is, what its function
// is called, and where its file lies in the user's module.
//
//	if frame.User(f.Function, f.File) {
//		fmt.Printf("%s:%d %s\n", frame.Relative(f.Function, f.File), f.Line, frame.Name(f.Function))
//	}
//
// All functions take names and files as [runtime.Frame] has them, answer something for any text, and may be called
// concurrently.
//
// # Limits
//
// When Go 1.26 inlines a function that returns a function literal, it names the literal after the function that it was
// inlined into: store.All.func1 becomes api.List.All.func3. Name finds All there, but neither its package nor, from the
// name alone, whether api.List.All is a method of a type List. Whoever has the source can do better; see
// internal/source.
package frame
