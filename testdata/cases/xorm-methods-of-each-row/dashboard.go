// Package dashboard lists comments with xorm. Methods of the model load the poster and the files of each comment.
// Most comments have the same poster. An n-plus-one is wanted at the loop for posters and for files, also if all
// comments have one poster. Statements with a list of keys are not reported.
//
// Related issues: go-gitea/gitea#3367.
package dashboard

//lint:file-ignore ST1003 xorm reads the column id into a field Id

import "xorm.io/xorm"

type Person struct {
	Id   int64
	Name string
}
type File struct{ Id, RemarkId int64 }
type Remark struct {
	Id, PosterId int64
	Poster       *Person `xorm:"-"`
	Files        []*File `xorm:"-"`
}

func (r *Remark) LoadPoster(s *xorm.Session) error {
	if r.Poster != nil {
		return nil
	}
	p := &Person{}
	has, err := s.ID(r.PosterId).Get(p)
	if err != nil {
		return err
	}
	if has {
		r.Poster = p
	}
	return nil
}

func (r *Remark) LoadFiles(s *xorm.Session) error {
	return s.Where("remark_id = ?", r.Id).Find(&r.Files)
}

func Dashboard(s *xorm.Session) (out []*Remark, err error) {
	if err := s.OrderBy("id").Find(&out); err != nil {
		return nil, err
	}
	for _, r := range out { // loopDashboard
		if err := r.LoadPoster(s); err != nil {
			return nil, err
		}
		if err := r.LoadFiles(s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func Batched(s *xorm.Session) (out []*Remark, err error) {
	if err := s.OrderBy("id").Find(&out); err != nil {
		return nil, err
	}
	posters, ids := map[int64]*Person{}, []int64{}
	seen := map[int64]bool{}
	var pids []int64
	for _, r := range out {
		ids = append(ids, r.Id)
		if !seen[r.PosterId] {
			seen[r.PosterId] = true
			pids = append(pids, r.PosterId)
		}
	}
	if err := s.In("id", pids).Find(&posters); err != nil {
		return nil, err
	}
	var files []*File
	if err := s.In("remark_id", ids).Find(&files); err != nil {
		return nil, err
	}
	for _, r := range out {
		r.Poster = posters[r.PosterId]
		for _, f := range files {
			if f.RemarkId == r.Id {
				r.Files = append(r.Files, f)
			}
		}
	}
	return out, nil
}

// Names runs Get by a key for each row, without a cache.
func Names(s *xorm.Session) (out []string, err error) {
	var rs []*Remark
	if err := s.OrderBy("id").Find(&rs); err != nil {
		return nil, err
	}
	for _, r := range rs { // loopNames
		var p Person
		if _, err := s.ID(r.PosterId).Get(&p); err != nil {
			return nil, err
		}
		out = append(out, p.Name)
	}
	return out, nil
}

func Lists(s *xorm.Session) (out [][]File, err error) {
	var rs []*Remark
	if err := s.OrderBy("id").Find(&rs); err != nil {
		return nil, err
	}
	for _, r := range rs { // loopLists
		var fs []File
		if err := s.Where("remark_id = ?", r.Id).Find(&fs); err != nil {
			return nil, err
		}
		out = append(out, fs)
	}
	return out, nil
}

func Counts(s *xorm.Session) (out []int64, err error) {
	var rs []*Remark
	if err := s.OrderBy("id").Find(&rs); err != nil {
		return nil, err
	}
	for _, r := range rs { // loopCounts
		n, err := s.Where("remark_id = ?", r.Id).Count(new(File))
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
