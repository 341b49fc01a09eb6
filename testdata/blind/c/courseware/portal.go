package courseware

import (
	"context"
	"time"

	"github.com/graph-gophers/graphql-go"
	"github.com/vikstrous/dataloadgen"
)

type loaders struct {
	instructors *dataloadgen.Loader[int64, *instructor]
	lessons     *dataloadgen.Loader[int64, []lesson]
	enrolled    *dataloadgen.Loader[int64, int32]
	sessions    *dataloadgen.Loader[int64, *session]
}

func newLoaders(s *store, opts ...dataloadgen.Option) *loaders {
	opts = append([]dataloadgen.Option{dataloadgen.WithWait(8 * time.Millisecond)}, opts...)
	return &loaders{
		instructors: dataloadgen.NewMappedLoader(s.instructorsByID, opts...),
		enrolled:    dataloadgen.NewMappedLoader(s.enrolledByCourses, opts...),
		lessons: dataloadgen.NewLoader(func(ctx context.Context, ids []int64) ([][]lesson, []error) {
			list, err := s.lessonsByCourses(ctx, ids)
			if err != nil {
				return nil, []error{err}
			}
			at := make(map[int64]int, len(ids))
			for i, id := range ids {
				at[id] = i
			}
			out := make([][]lesson, len(ids))
			for _, l := range list {
				out[at[l.courseID]] = append(out[at[l.courseID]], l)
			}
			return out, nil
		}, opts...),
		sessions: dataloadgen.NewLoader(func(ctx context.Context, ids []int64) ([]*session, []error) {
			out := make([]*session, len(ids))
			errs := make([]error, len(ids))
			for i, id := range ids { // want loop: n-plus-one
				se := new(session)
				errs[i] = s.db.QueryRowContext(ctx, `SELECT coalesce(min(room), ''), coalesce(min(starts_on)::text, '') FROM sessions WHERE course_id = $1`, id).Scan(&se.room, &se.startsOn)
				out[i] = se
			}
			return out, errs
		}, opts...),
	}
}

type portalRoot struct {
	store *store
	load  *loaders
}

func (r *portalRoot) Courses(ctx context.Context, args struct{ First int32 }) ([]*portalCourse, error) {
	list, err := r.store.courses(ctx, args.First)
	if err != nil {
		return nil, err
	}
	out := make([]*portalCourse, len(list))
	for i, c := range list {
		out[i] = &portalCourse{c, r}
	}
	return out, nil
}

func (r *portalRoot) Course(ctx context.Context, args struct{ ID graphql.ID }) (*portalCourse, error) {
	c, err := r.store.course(ctx, parseID(args.ID))
	if err != nil || c == nil {
		return nil, err
	}
	return &portalCourse{*c, r}, nil
}

func (r *portalRoot) Viewer() *viewer { return &viewer{r.store} }

type portalCourse struct {
	course
	root *portalRoot
}

func (c *portalCourse) ID() graphql.ID { return formatID(c.id) }
func (c *portalCourse) Title() string  { return c.title }

func (c *portalCourse) Instructor(ctx context.Context) (*portalInstructor, error) {
	if !c.instructorID.Valid {
		return nil, nil
	}
	in, err := c.root.load.instructors.Load(ctx, c.instructorID.Int64)
	if err != nil {
		return nil, err
	}
	return &portalInstructor{*in}, nil
}

func (c *portalCourse) Lessons(ctx context.Context) ([]*portalLesson, error) {
	list, err := c.root.load.lessons.Load(ctx, c.id)
	if err != nil {
		return nil, err
	}
	out := make([]*portalLesson, len(list))
	for i, l := range list {
		out[i] = &portalLesson{l}
	}
	return out, nil
}

func (c *portalCourse) Enrolled(ctx context.Context) (int32, error) {
	return c.root.load.enrolled.Load(ctx, c.id)
}

func (c *portalCourse) CanEdit() bool { return false }

func (c *portalCourse) NextSession(ctx context.Context) (*session, error) {
	return c.root.load.sessions.Load(ctx, c.id)
}

type portalInstructor struct{ instructor }

func (i *portalInstructor) ID() graphql.ID     { return formatID(i.id) }
func (i *portalInstructor) Name() string       { return i.name }
func (i *portalInstructor) CourseCount() int32 { return 0 }

type portalLesson struct{ lesson }

func (l *portalLesson) ID() graphql.ID             { return formatID(l.id) }
func (l *portalLesson) Title() string              { return l.title }
func (l *portalLesson) Attachments() []*attachment { return nil }
