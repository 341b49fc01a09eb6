package layers

// encoders are functions, by import path and name, that write a value in the fields of its structs, and the key of the tags that say
// which ones. They read no field that is unexported or whose tag is "-".
var encoders = map[string]map[string]string{
	"encoding/json":                      {"Marshal": "json", "MarshalIndent": "json", "(*Encoder).Encode": "json"},
	"encoding/xml":                       {"Marshal": "xml", "MarshalIndent": "xml", "(*Encoder).Encode": "xml"},
	"github.com/gin-gonic/gin":           {"(*Context).JSON": "json", "(*Context).IndentedJSON": "json", "(*Context).PureJSON": "json", "(*Context).AbortWithStatusJSON": "json"},
	"github.com/go-chi/render":           {"JSON": "json"},
	"github.com/goccy/go-json":           {"Marshal": "json", "MarshalIndent": "json", "(*Encoder).Encode": "json"},
	"github.com/gofiber/fiber":           {"(*Ctx).JSON": "json"},
	"github.com/json-iterator/go":        {"Marshal": "json", "MarshalIndent": "json", "(*Encoder).Encode": "json"},
	"github.com/labstack/echo":           {"Context.JSON": "json"},
	"github.com/segmentio/encoding/json": {"Marshal": "json", "MarshalIndent": "json", "(*Encoder).Encode": "json"},
	"gopkg.in/yaml":                      {"Marshal": "yaml", "(*Encoder).Encode": "yaml"},
}

// EncoderOf returns the key of the struct tags that a function encodes a value by; "" for other functions.
func EncoderOf(path, name string) string { return encoders[unversioned(path)][name] }

// Templates reports whether a package is one of the standard library's that fill in templates.
func Templates(path string) bool { return path == "text/template" || path == "html/template" }
